using Coordination.Storage.Verification;

namespace Coordination.Storage.Exports;

/// <summary>Which streams of the journal belong to an account or an incident.</summary>
internal static class ExportStreams
{
    private const string OfAccount = """
        select 'account/' || $1 union select 'off-system/' || $1 union select 'slots/' || $1 union select 'sign-in/' || $1 union select 'keep/account/' || $1
        union select 'redaction/' || r.id from redaction r where r.account = $1
        union select r.kind || '/' || r.id from desk_record r where r.kind in ('task', 'request', 'contact') and r.account = $1
        union select 'hold/' || r.hold_id from hold_receipt r where r.account = $1
        union select 'hold/' || h.id from account a
              join hold h on h.lifted_seq is null and scope_covers(h.scope, a.key, a.platform, a.kind, a.area, a.station, a.department)
              where a.key = $1 and a.lifecycle <> 'retired'
        """;

    private const string OfIncident = "select incident_streams($1, false) union select 'keep/incident/' || $1";

    public static Task<List<string>> OfAsync(Snapshot snapshot, ExportQuestion question, CancellationToken cancellationToken) =>
        snapshot.ListAsync(question.Kind == ExportKind.Account ? OfAccount : OfIncident, r => r.GetString(0), cancellationToken, question.Key!);
}
