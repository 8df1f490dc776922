using System.Text.Json;
using Coordination.Domain.Accounts;

namespace Coordination.Storage.Verification.Checks;

/// <summary>The fold of an account's journal is its stored state, in one canonical form (G4).</summary>
internal sealed class StateCheck(Findings findings)
{
    private const int MostWords = 20;
    private long _redacted;

    /// <summary>The states of some accounts: payload and version by stream.</summary>
    public static async Task<Dictionary<string, (byte[]? Payload, int Version)>> LoadAsync(Snapshot snapshot, string[] streams, CancellationToken cancellationToken) =>
        (await snapshot.ListAsync(
            "select grain_key, payload, version from grain_state where service_id = 'coordination' and state_name = 'account' and grain_key = any ($1)",
            r => (Key: r.GetString(0), Payload: r.IsDBNull(1) ? null : r.GetFieldValue<byte[]>(1), Version: r.GetInt32(2)),
            cancellationToken,
            (object)streams)).ToDictionary(r => r.Key, r => (r.Payload, r.Version), StringComparer.Ordinal);

    public void Look(AccountFile file, byte[]? payload, bool there)
    {
        findings.Looked();
        if (!there || payload is null)
        {
            findings.Differs(file.Stream, there ? "The stored state is empty; the journal makes it an account." : "There is no stored state; the journal makes it an account.");
            return;
        }

        if (file.Gap is { } gap)
        {
            findings.Note($"{file.Stream} was not compared: {gap}.");
            return;
        }

        _redacted += file.Redacted;
        var expected = JsonSerializer.SerializeToUtf8Bytes(file.State, StorageJson.Options);
        if (expected.AsSpan().SequenceEqual(payload))
        {
            return;
        }

        if (Canonical(payload) is not { } found)
        {
            findings.Differs(file.Stream, "The stored state cannot be read as an account.");
            return;
        }

        using var left = JsonDocument.Parse(expected);
        using var right = JsonDocument.Parse(found);
        foreach (var words in JsonDifferences.Between(left.RootElement, right.RootElement).Take(MostWords))
        {
            findings.Differs(file.Stream, "Stored state: " + words);
        }
    }

    public void End()
    {
        if (_redacted > 0)
        {
            findings.Note(FormattableString.Invariant($"{_redacted} entries were folded from what redactions left of them."));
        }
    }

    // A state that an older version wrote may lack what has a default, or order it otherwise: it is the same state.
    private static byte[]? Canonical(byte[] payload)
    {
        try
        {
            return JsonSerializer.SerializeToUtf8Bytes(JsonSerializer.Deserialize<AccountState>(payload, StorageJson.Options), StorageJson.Options);
        }
        catch (Exception unreadable) when (unreadable is JsonException or NotSupportedException or FormatException or InvalidOperationException)
        {
            return null;
        }
    }
}
