namespace Coordination.Storage.Exports;

/// <summary>Of what an export is.</summary>
public enum ExportKind
{
    /// <summary>One account.</summary>
    Account,

    /// <summary>What one person did (a subject access request).</summary>
    Person,

    /// <summary>One incident (an inquiry).</summary>
    Incident,

    /// <summary>Everything of a period (a freedom of information request).</summary>
    Period,
}

/// <summary>What is to be exported.</summary>
/// <param name="Kind">Of what.</param>
/// <param name="Key">The account's key, the staff id or the incident's number; null for a period.</param>
/// <param name="From">The earliest time that is in it (UTC); null from the first entry on.</param>
/// <param name="To">The time before which everything in it happened (UTC); null up to now.</param>
public sealed record ExportQuestion(ExportKind Kind, string? Key, DateTimeOffset? From, DateTimeOffset? To)
{
    /// <summary>Whether the streams in it are there from their first entry to their last: then a number that is missing is a fault.</summary>
    public bool HasWholeStreams => Kind is ExportKind.Account or ExportKind.Incident && From is null && To is null;
}

/// <summary>The kinds of export by name, and what is in each.</summary>
public static class ExportKinds
{
    /// <summary>As in addresses and files.</summary>
    public static string Id(this ExportKind kind) => kind switch
    {
        ExportKind.Account => "account",
        ExportKind.Person => "person",
        ExportKind.Incident => "incident",
        ExportKind.Period => "period",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No such kind of export."),
    };

    /// <summary>Reads an id.</summary>
    public static bool TryParse(string? id, out ExportKind kind)
    {
        foreach (var one in Enum.GetValues<ExportKind>())
        {
            if (string.Equals(one.Id(), id, StringComparison.Ordinal))
            {
                kind = one;
                return true;
            }
        }

        kind = default;
        return false;
    }

    /// <summary>What is in it, and what is not, in words.</summary>
    public static string Contents(this ExportKind kind) => kind switch
    {
        ExportKind.Account =>
            "The account's own entries, its posts among them; its off-system posts and queue slots; tasks and requests about it; the holds that it acknowledged, and those that stand over it. Not in it: repeats, messages about holds, entries of other accounts.",
        ExportKind.Person =>
            "Every entry of something that this person did, by their staff id. Not in it: entries of others that name them, such as a named contact, or a hold that lets them through.",
        ExportKind.Incident =>
            "The incident's own entries; those of its holds, of the lines that were agreed and of the messages about its holds; what people said about messages of it. Not in it: the posts, which are the accounts' entries.",
        ExportKind.Period => "Every entry of the period.",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No such kind of export."),
    };
}
