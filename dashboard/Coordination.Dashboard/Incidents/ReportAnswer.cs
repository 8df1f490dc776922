using Coordination.Domain.Incidents;
using Coordination.Domain.Incidents.Reports;
using Coordination.Storage.Incidents;

namespace Coordination.Dashboard.Incidents;

/// <summary>What became of an incident report.</summary>
public abstract record ReportAnswer
{
    private ReportAnswer()
    {
    }

    /// <summary>It is on file, and the rules have looked at the incident.</summary>
    /// <param name="Decision">One of <see cref="IncidentDecisions"/>.</param>
    /// <param name="Number">The incident's number.</param>
    /// <param name="Exercise">Whether it is an exercise.</param>
    /// <param name="Reason">What was decided and why, for a person.</param>
    /// <param name="Takeovers">What rules wanted because of this report, and where it is; for a repeat, what stands of the incident.</param>
    /// <param name="Repeated">Whether the same message was decided before; then this is that decision.</param>
    public sealed record Filed(string Decision, string Number, bool Exercise, string Reason, IReadOnlyList<Takeover> Takeovers, bool Repeated) : ReportAnswer;

    /// <summary>It is no valid report; nothing of it was used. The bytes are on record.</summary>
    public sealed record Invalid(IReadOnlyList<ReportFault> Faults) : ReportAnswer;

    /// <summary>It is on file and asks for a hold of which it is not known yet whether it took. The service goes on trying by itself; the same message again tells.</summary>
    public sealed record NotKnownYet(Incident Incident, Guid OperationId) : ReportAnswer;
}
