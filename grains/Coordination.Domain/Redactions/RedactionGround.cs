using System.Text.Json.Serialization;

namespace Coordination.Domain.Redactions;

/// <summary>The legal ground of a redaction. The names are stored and never change.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RedactionGround>))]
public enum RedactionGround
{
    /// <summary>Somebody asked to be forgotten, and nothing speaks for keeping it (UK GDPR, article 17).</summary>
    [JsonStringEnumMemberName("erasure")]
    Erasure,

    /// <summary>What was written of somebody is wrong (UK GDPR, article 16).</summary>
    [JsonStringEnumMemberName("rectification")]
    Rectification,

    /// <summary>A consent that it stood on was taken back (UK GDPR, article 7).</summary>
    [JsonStringEnumMemberName("consent-withdrawn")]
    ConsentWithdrawn,

    /// <summary>It should never have been written: who was hurt, a secret, more than was needed (UK GDPR, article 5).</summary>
    [JsonStringEnumMemberName("excessive")]
    Excessive,

    /// <summary>A court or the Information Commissioner ordered it.</summary>
    [JsonStringEnumMemberName("order")]
    Order,
}

/// <summary>Ids and words of the grounds.</summary>
public static class RedactionGrounds
{
    /// <summary>All of them, in the order in which they are offered.</summary>
    public static IReadOnlyList<RedactionGround> All { get; } = Enum.GetValues<RedactionGround>();

    /// <summary>The id, as in JSON and in the database.</summary>
    public static string Id(this RedactionGround ground) => ground switch
    {
        RedactionGround.Erasure => "erasure",
        RedactionGround.Rectification => "rectification",
        RedactionGround.ConsentWithdrawn => "consent-withdrawn",
        RedactionGround.Excessive => "excessive",
        RedactionGround.Order => "order",
        _ => throw new ArgumentOutOfRangeException(nameof(ground), ground, "No such ground."),
    };

    /// <summary>The words, for people.</summary>
    public static string Words(this RedactionGround ground) => ground switch
    {
        RedactionGround.Erasure => "Somebody asked to be forgotten (UK GDPR, article 17)",
        RedactionGround.Rectification => "What it says of somebody is wrong (UK GDPR, article 16)",
        RedactionGround.ConsentWithdrawn => "A consent was taken back (UK GDPR, article 7)",
        RedactionGround.Excessive => "It should never have been written (UK GDPR, article 5)",
        RedactionGround.Order => "A court or the Information Commissioner ordered it",
        _ => throw new ArgumentOutOfRangeException(nameof(ground), ground, "No such ground."),
    };

    /// <summary>Finds a ground by its id.</summary>
    public static bool TryParse(string? id, out RedactionGround ground)
    {
        foreach (var known in All)
        {
            if (string.Equals(known.Id(), id, StringComparison.Ordinal))
            {
                ground = known;
                return true;
            }
        }

        ground = default;
        return false;
    }
}
