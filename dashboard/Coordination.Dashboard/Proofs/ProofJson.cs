using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Coordination.Dashboard.Api;

namespace Coordination.Dashboard.Proofs;

/// <summary>A proof as bytes, in one way only: UTF-8, members in their order, no white space, nothing that is null, times in UTC with microseconds.</summary>
public static class ProofJson
{
    private static readonly JsonSerializerOptions Options = Make();

    /// <summary>The bytes that are hashed and handed out.</summary>
    public static byte[] Bytes(ProofDocument proof) => JsonSerializer.SerializeToUtf8Bytes(proof, Options);

    /// <summary>SHA-256, as 64 small hexadecimal digits.</summary>
    public static string Hash(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private static JsonSerializerOptions Make()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        };
        ApiJson.Apply(options);
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
