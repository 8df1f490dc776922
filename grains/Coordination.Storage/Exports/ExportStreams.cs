using Coordination.Storage.Verification;

namespace Coordination.Storage.Exports;

/// <summary>Which streams of the journal belong to an account or an incident.</summary>
internal static class ExportStreams
{
    private const string OfAccount = """
        select 'account/' || $1 union select 'off-system/' || $1 union select 'slots/' || $1
        union select r.kind || '/' || r.id from desk_record r where r.kind in ('task', 'request') and r.account = $1
        union select 'hold/' || r.hold_id from hold_receipt r where r.account = $1
        union select 'hold/' || h.id from account a
              join hold h on h.lifted_seq is null and scope_covers(h.scope, a.key, a.platform, a.kind, a.area, a.station, a.department)
              where a.key = $1 and a.lifecycle <> 'retired'
        """;

    private const string OfIncident = """
        with held as (
            select h.id from hold h where h.incident = $1
            union select t.hold_id from takeover t where (t.number, t.exercise) = ($1, false) and t.hold_id is not null
            union select l.hold_id from agreed_line l where l.number = $1)
        select incident_stream($1, false)
        union select kind || id from held, unnest(array['hold/', 'line/', 'notice/']) kind
        union select 'incident/' || r.message_id from incident_report r where (r.number, r.exercise) = ($1, false)
        union select 'incident/' || d.message_id from incident_decision d where d.incident = $1
        """;

    public static Task<List<string>> OfAsync(Snapshot snapshot, ExportQuestion question, CancellationToken cancellationToken) =>
        snapshot.ListAsync(question.Kind == ExportKind.Account ? OfAccount : OfIncident, r => r.GetString(0), cancellationToken, question.Key!);
}
