using System.Text.Json;
using Coordination.Domain.Accounts;
using Coordination.Storage.Journal;

namespace Coordination.Storage.Redactions;

/// <summary>An entry whose content a redaction erased.</summary>
/// <param name="Stream">Its stream.</param>
/// <param name="Number">Its number.</param>
/// <param name="Event">What it was.</param>
/// <param name="PayloadHash">The hash of what it said, in lower-case hexadecimal.</param>
/// <param name="Left">What is left of it, from which an account is folded; null where nothing is.</param>
internal sealed record ErasedEntry(string Stream, long Number, string Event, string PayloadHash, AccountEvent? Left = null)
{
    public static ErasedEntry Of(JournalRow row, AccountEvent? left = null) => new(row.Stream, row.Number, row.Event, Convert.ToHexStringLower(row.PayloadHash), left);
}

/// <summary>What the journal says of an erasure: the content of <c>content-erased</c>.</summary>
/// <param name="Id">The redaction.</param>
/// <param name="Entries">The entries, in order.</param>
internal sealed record ErasedPayload(string Id, IReadOnlyList<ErasedEntry> Entries)
{
    public string ToJson() => JsonSerializer.Serialize(this, StorageJson.Options);

    /// <summary>Reads it; null when it is none.</summary>
    public static ErasedPayload? Read(string payload)
    {
        try
        {
            return JsonSerializer.Deserialize<ErasedPayload>(payload, StorageJson.Options) is { Id: not null, Entries: not null } erased ? erased : null;
        }
        catch (Exception unreadable) when (unreadable is JsonException or NotSupportedException or FormatException or InvalidOperationException)
        {
            return null;
        }
    }
}
