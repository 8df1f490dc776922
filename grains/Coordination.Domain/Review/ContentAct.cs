using System.Text.Json.Serialization;

namespace Coordination.Domain.Review;

/// <summary>What a content rule's finding does, from the mildest on. None of them stops a post without saying so. The names are a contract with clients.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ContentAct>))]
public enum ContentAct
{
    /// <summary>It is shown to whoever writes.</summary>
    [JsonStringEnumMemberName("warn")]
    Warn,

    /// <summary>Whoever writes says why it may go out all the same; the answer stands in the record.</summary>
    [JsonStringEnumMemberName("reason")]
    Reason,

    /// <summary>Comms reads the post before it goes out. Whoever is of Comms answers for it instead.</summary>
    [JsonStringEnumMemberName("comms")]
    Comms,
}
