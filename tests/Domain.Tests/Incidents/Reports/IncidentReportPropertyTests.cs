using System.Text;
using Coordination.Domain.Incidents.Reports;
using CsCheck;
using Xunit;

namespace Coordination.Domain.Tests.Incidents.Reports;

public sealed class IncidentReportPropertyTests
{
    private const int Iterations = 2_000;

    [Fact]
    public void Read_GivesTheReportBack_ThatWasWritten() =>
        ReportGen.Report.SampleSeeded(
            report => ReportText.Read(IncidentReportJson.Write(report)) is IncidentReportReading.Accepted accepted
                && string.Equals(IncidentReportJson.Write(accepted.Report), IncidentReportJson.Write(report), StringComparison.Ordinal)
                && string.Equals(accepted.Digest, IncidentReportJson.Digest(report), StringComparison.Ordinal),
            iter: Iterations,
            print: IncidentReportJson.Write);

    [Fact]
    public void Digest_IsTheSame_HoweverItIsWritten() =>
        Gen.Select(ReportGen.Report, Gen.Int[0, 1_000_000]).SampleSeeded(
            (report, seed) => ReportText.Read(ReportSpelling.Other(IncidentReportJson.Write(report), seed)) is IncidentReportReading.Accepted accepted
                && string.Equals(accepted.Digest, IncidentReportJson.Digest(report), StringComparison.Ordinal),
            iter: Iterations);

    [Fact]
    public void Read_NeverThrows_WithBytesDamagedAnywhere() =>
        Gen.Select(ReportGen.Report, Gen.Int[0, 100_000], Gen.Byte, Gen.Bool).SampleSeeded(
            (report, at, value, cut) =>
            {
                var bytes = Encoding.UTF8.GetBytes(IncidentReportJson.Write(report));
                at %= bytes.Length;
                bytes[at] = value;
                if (IncidentReportReader.Read(cut ? bytes.AsMemory(0, at) : bytes) is IncidentReportReading.Refused refused)
                {
                    Assert.NotEmpty(refused.Faults);
                }
            },
            iter: Iterations);
}
