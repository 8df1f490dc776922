using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Coordination.Storage.Exports;

/// <summary><c>manifest.json</c>, the last file of an export: what was asked for by whom, and what each file and stream must come to.</summary>
/// <param name="Product">Who made it.</param>
/// <param name="Format">Version of the form of these files.</param>
/// <param name="Id">The export's id; the journal's stream <c>export/&lt;id&gt;</c> tells of it.</param>
/// <param name="Asked">What was asked for.</param>
/// <param name="Contents">What is in it and what is not, in words.</param>
/// <param name="Reason">What it was made for.</param>
/// <param name="By">Who made it.</param>
/// <param name="AsOf">The moment of which it is, by the database's clock (UTC).</param>
/// <param name="Entries">How many entries are in it.</param>
/// <param name="Redacted">Of how many of them the content was erased.</param>
/// <param name="Streams">Every stream in it, in the order of the file.</param>
/// <param name="Files">Every file before this one.</param>
public sealed record ExportManifest(
    string Product, int Format, Guid Id, ExportAsked Asked, string Contents, string Reason, ExportActor By, DateTimeOffset AsOf,
    long Entries, long Redacted, IReadOnlyList<ExportStream> Streams, IReadOnlyList<ExportFile> Files)
{
    /// <summary>Its name in the ZIP.</summary>
    public const string Name = "manifest.json";

    /// <summary>The version of the form that is written and read here.</summary>
    public const int Version = 1;

    // The manifest ends with the hash of all that stands before it: a change of the manifest alone shows.
    private const string Seal = ",\"seal\":\"";
    private const int SealLength = 9 + (2 * SHA256.HashSizeInBytes) + 2;

    private static readonly JsonSerializerOptions s_options = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        PropertyNameCaseInsensitive = false,
        NumberHandling = JsonNumberHandling.Strict,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        MaxDepth = 8,
    };

    /// <summary>The bytes of the file.</summary>
    internal byte[] ToBytes()
    {
        var open = JsonSerializer.SerializeToUtf8Bytes(this, s_options)[..^1];
        return [.. open, .. Encoding.ASCII.GetBytes(Seal + Convert.ToHexStringLower(SHA256.HashData(open)) + "\"}")];
    }

    /// <summary>Reads the file.</summary>
    /// <param name="bytes">Its bytes.</param>
    /// <param name="sealFits">Whether it is what was sealed.</param>
    /// <exception cref="JsonException">It is no manifest.</exception>
    internal static ExportManifest Read(ReadOnlySpan<byte> bytes, out bool sealFits)
    {
        if (bytes.Length <= SealLength || !bytes[^SealLength..].StartsWith(Encoding.ASCII.GetBytes(Seal)))
        {
            throw new JsonException("It does not end with its seal.");
        }

        var open = bytes[..^SealLength];
        var seal = bytes[^SealLength..];
        sealFits = seal[9..^2].SequenceEqual(Encoding.ASCII.GetBytes(Convert.ToHexStringLower(SHA256.HashData(open))));
        return JsonSerializer.Deserialize<ExportManifest>([.. open, (byte)'}'], s_options) ?? throw new JsonException("null");
    }
}

/// <summary>What was asked for.</summary>
/// <param name="Kind"><c>account</c>, <c>person</c>, <c>incident</c> or <c>period</c>.</param>
/// <param name="Key">The account's key, the staff id or the incident's number; null for a period.</param>
/// <param name="From">The earliest time in it; null from the first entry on.</param>
/// <param name="To">The time before which everything in it happened; null up to <see cref="ExportManifest.AsOf"/>.</param>
public sealed record ExportAsked(string Kind, string? Key, DateTimeOffset? From, DateTimeOffset? To)
{
    /// <summary>Makes it.</summary>
    public static ExportAsked Of(ExportQuestion question) => new(question.Kind.Id(), question.Key, question.From, question.To);
}

/// <summary>One stream of an export.</summary>
/// <param name="Stream">Its name.</param>
/// <param name="Entries">How many entries of it are in the export.</param>
/// <param name="First">Number of the first one.</param>
/// <param name="Last">Number of the last one.</param>
/// <param name="LastHash">Hash of the last one.</param>
public sealed record ExportStream(string Stream, long Entries, long First, long Last, string LastHash);

/// <summary>One file of an export.</summary>
/// <param name="Name">Its name in the ZIP.</param>
/// <param name="Bytes">Its length, unpacked.</param>
/// <param name="Sha256">Its SHA-256, unpacked, in hexadecimal.</param>
public sealed record ExportFile(string Name, long Bytes, string Sha256);
