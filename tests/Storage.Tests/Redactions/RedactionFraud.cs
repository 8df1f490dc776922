using Coordination.Storage.Verification;

namespace Coordination.Storage.Tests.Redactions;

/// <summary>Ways to make content go, or to say that it went, that are no redaction; with how a verification names each.</summary>
internal static class RedactionFraud
{
    private const string Erased = "update journal set payload = {0} where stream = 'redaction/R-000001' and number = 2; ";

    public static IReadOnlyDictionary<string, (string Sql, CheckKind Kind, string Says)> All { get; } = new Dictionary<string, (string, CheckKind, string)>(StringComparer.Ordinal)
    {
        ["content that went by itself"] = ("update journal set payload = null, reason = null, salt = null where stream = 'account/x/aston' and number = 7", CheckKind.Redactions, "account/x/aston entry 7: Its content was erased, and no redaction says so."),
        ["content that went with a list, and no entry"] = (
            "insert into redacted_entry select stream, number, 'R-000001', payload_hash from journal where stream = 'account/x/aston' and number = 7; update journal set payload = null, reason = null, salt = null where stream = 'account/x/aston' and number = 7",
            CheckKind.Redactions, "Its content was erased, and no redaction says so."),
        ["another hash"] = ("update journal set payload_hash = sha256('x') where stream = 'account/x/aston' and number = 4", CheckKind.Redactions, "erased other content"),
        ["another hash in the redaction"] = (Change("regexp_replace(payload, '\"payloadHash\":\"..', '\"payloadHash\":\"zz')"), CheckKind.Redactions, "erased other content"),
        ["content that came back"] = ("update journal set payload = '{}', salt = '\\x00' where stream = 'account/x/aston' and number = 4", CheckKind.Redactions, "and it is there"),
        ["by one person"] = ("update journal set actor_id = 'jo-comms' where stream = 'redaction/R-000001' and number = 2", CheckKind.Redactions, "it takes two"),
        ["by one person, in the list"] = ("update redaction set decided_by = 'jo-comms'", CheckKind.Redactions, "It is not what its journal says."),
        ["another ground in the list"] = ("update redaction set ground = 'order'", CheckKind.Redactions, "It is not what its journal says."),
        ["another asker in the list"] = ("update redaction set asked_by = 'somebody'", CheckKind.Redactions, "It is not what its journal says."),
        ["taken off the list"] = ("delete from redacted_entry; delete from redaction", CheckKind.Redactions, "the list of redactions does not"),
        ["more in the list"] = ("insert into redacted_entry values ('account/x/aston', 1, 'R-000001', sha256('x'))", CheckKind.Redactions, "the journal does not say so"),
        ["an end without a beginning"] = ("delete from journal where stream = 'redaction/R-000001' and number = 1", CheckKind.Redactions, "cannot follow"),
        ["the redaction erased"] = ("update journal set payload = null, reason = null, salt = null where stream = 'redaction/R-000001' and number = 1", CheckKind.Redactions, "that is never done"),
        ["words left"] = (Change("replace(payload, '[erased: R-000001]', 'Something else')"), CheckKind.Redactions, "says more, or something else"),
        ["another event left"] = (Change("replace(payload, '\"event\":\"post-cancelled\",', '\"event\":\"post-failed\",')"), CheckKind.Chains, "is not what was hashed"),
        ["something else left"] = (Change("regexp_replace(payload, '\"posterId\":\"[^\"]*\"', '\"posterId\":\"somebody\"')"), CheckKind.States, "posterId is sam-aston"),
        ["a state that hides behind it"] = (
            "update grain_state set payload = convert_to(replace(convert_from(payload, 'UTF8'), 'cancelled', 'published'), 'UTF8') where grain_key = 'account/x/aston'", CheckKind.States, "state is published"),
        ["a row that hides behind it"] = ("update post set text = 'Other' where text like '[erased%'", CheckKind.Posts, "The text of the post"),
    };

    private static string Change(string payload) => Erased.Replace("{0}", payload, StringComparison.Ordinal);
}
