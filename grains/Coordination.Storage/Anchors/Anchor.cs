using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Coordination.Storage.Anchors;

/// <summary>The last entry of a stream at some moment.</summary>
/// <param name="Stream">The stream.</param>
/// <param name="Number">The entry's number.</param>
/// <param name="Hash">The chain's hash of it, in hexadecimal: it stands for every entry before it.</param>
public sealed record AnchorHead(string Stream, long Number, string Hash);

/// <summary>What the journal's streams ended with at some moment, as far as they had grown since the anchor before: one line of a file outside the database.</summary>
/// <param name="Number">The anchor's number in its file, from 1.</param>
/// <param name="At">When it was made (UTC).</param>
/// <param name="Through">Up to when it has everything, by the database's clock (UTC).</param>
/// <param name="Heads">The streams that have grown, each with its last entry.</param>
/// <param name="Former">The hash of the anchor before it; null in the first.</param>
public sealed record Anchor(long Number, DateTimeOffset At, DateTimeOffset Through, IReadOnlyList<AnchorHead> Heads, string? Former)
{
    /// <summary>Most heads of one anchor: more go into the next.</summary>
    public const int MostHeads = 5_000;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    /// <summary>SHA-256 of all of it, in hexadecimal: what the next anchor names.</summary>
    [JsonIgnore]
    public string Sha256 => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(this, Json))));

    /// <summary>The line of the file, without its end.</summary>
    public string ToLine() => JsonSerializer.Serialize(new Sealed(this, Sha256), Json);

    /// <summary>Reads a line.</summary>
    /// <returns>Null when it is none, or not as it was written.</returns>
    public static Anchor? Read(string line)
    {
        try
        {
            return JsonSerializer.Deserialize<Sealed>(line, Json) is { Anchor: { Heads: { } heads } anchor } read && heads.All(h => h is { Stream: not null, Hash: not null })
                && string.Equals(read.Sha256, anchor.Sha256, StringComparison.Ordinal) ? anchor : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private sealed record Sealed(Anchor Anchor, string Sha256);
}
