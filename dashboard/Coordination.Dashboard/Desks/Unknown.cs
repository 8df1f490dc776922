using Coordination.Domain;

namespace Coordination.Dashboard.Desks;

/// <summary>What to say about something that is not there.</summary>
public static class Unknown
{
    /// <summary>No such account.</summary>
    public static Refusal Account(string key) => new(
        "account-unknown",
        $"There is no account '{Short(key)}'. Nothing was changed. An account key looks like x/demo_wmfs_aston; GET /api/accounts lists them.",
        RefusalKind.NotFound);

    /// <summary>No such post.</summary>
    public static Refusal Post(string id) => new("post-unknown", $"There is no post '{Short(id)}'. Nothing was changed.", RefusalKind.NotFound);

    /// <summary>No such message, or none of its accounts took it.</summary>
    public static Refusal Message(string id) => new("message-unknown", $"There is no post of a message '{Short(id)}'. Nothing was changed.", RefusalKind.NotFound);

    /// <summary>No such hold.</summary>
    public static Refusal Hold(string id) => new(
        "hold-unknown", $"There is no hold '{Short(id)}'. Nothing was changed. GET /api/holds lists them.", RefusalKind.NotFound);

    /// <summary>No such saved scope.</summary>
    public static Refusal SavedScope(string id) => new(
        "scope-unknown", $"There is no saved scope '{Short(id)}'. Nothing was changed. GET /api/scopes lists them.", RefusalKind.NotFound);

    /// <summary>No such template.</summary>
    public static Refusal Template(string id) => new(
        "template-unknown", $"There is no template '{Short(id)}'. Nothing was changed. GET /api/templates lists them.", RefusalKind.NotFound);

    private static string Short(string text) => text.Length > 120 ? text[..120] + "..." : text;
}
