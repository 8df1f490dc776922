using System.Globalization;
using Coordination.Storage.Verification;

namespace Coordination.Silo.Verification;

/// <summary>A report as lines of text: what was checked with its counts, and each difference in one line.</summary>
internal static class VerifyReport
{
    /// <summary>The lines.</summary>
    public static IEnumerable<string> Lines(VerificationReport report)
    {
        var seconds = report.Elapsed.TotalSeconds;
        yield return string.Create(
            CultureInfo.InvariantCulture,
            $"As of {report.AsOf.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC: {report.Entries:#,0} journal entries in {seconds:0.0} s.");
        foreach (var check in report.Checks)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"{(check.Found == 0 ? "ok" : "DIFFERS"),-8}{check.Kind.Id(),-16}{check.Looked,12:#,0} {check.Kind.Unit(),-21} {check.Kind.Claim()}{(check.Found == 0 ? "." : Found(check.Found))}");
            foreach (var difference in check.Differences)
            {
                yield return "        " + difference;
            }

            if (check.Found > check.Differences.Count)
            {
                yield return string.Create(CultureInfo.InvariantCulture, $"        ... and {check.Found - check.Differences.Count:#,0} more.");
            }

            foreach (var note in check.Notes)
            {
                yield return "        note: " + note;
            }
        }

        yield return report.Agrees
            ? "All agrees. Nothing was changed."
            : string.Create(CultureInfo.InvariantCulture, $"{report.Found:#,0} differences. Nothing was changed. docs/verify.md says what each means and what to do.");
    }

    private static string Found(long count) => string.Create(CultureInfo.InvariantCulture, $": not so in {count:#,0} {(count == 1 ? "place" : "places")}.");
}
