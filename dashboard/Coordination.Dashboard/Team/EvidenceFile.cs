using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Coordination.Dashboard.Api;

namespace Coordination.Dashboard.Team;

/// <summary>The evidence as a file: the record, and the SHA-256 of the record's own bytes as they stand in it.</summary>
public static class EvidenceFile
{
    private static readonly JsonSerializerOptions Json = Make();

    /// <summary>Its name.</summary>
    public static string Name(Evidence evidence) => $"evidence-{evidence.Post:D}.json";

    /// <summary>Its bytes, UTF-8. The same record gives the same bytes.</summary>
    public static byte[] Bytes(Evidence evidence)
    {
        var record = JsonSerializer.SerializeToUtf8Bytes(evidence, Json);
        return [.. "{\"record\":"u8, .. record, .. Encoding.UTF8.GetBytes($",\"sha256\":\"{Convert.ToHexStringLower(SHA256.HashData(record))}\"}}")];
    }

    private static JsonSerializerOptions Make()
    {
        var options = new JsonSerializerOptions();
        ApiJson.Apply(options);
        return options;
    }
}
