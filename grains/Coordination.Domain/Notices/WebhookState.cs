using System.Text.Json.Serialization;

namespace Coordination.Domain.Notices;

/// <summary>Where the message to one webhook is. The names are a contract with clients.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<WebhookState>))]
public enum WebhookState
{
    /// <summary>It waits to be sent, or to be sent again.</summary>
    [JsonStringEnumMemberName("queued")]
    Queued,

    /// <summary>The receiver took it.</summary>
    [JsonStringEnumMemberName("sent")]
    Sent,

    /// <summary>It was tried as often as it may be.</summary>
    [JsonStringEnumMemberName("gave-up")]
    GaveUp,

    /// <summary>The hold was lifted before it could be sent: what it says is not so any more.</summary>
    [JsonStringEnumMemberName("overtaken")]
    Overtaken,

    /// <summary>The receiver said that it is gone for good: nothing is sent to it any more.</summary>
    [JsonStringEnumMemberName("gone")]
    Gone,
}

/// <summary>Ids of where a webhook's message is.</summary>
public static class WebhookStates
{
    /// <summary>The id, as in JSON and in the database.</summary>
    public static string Id(this WebhookState state) => state switch
    {
        WebhookState.Queued => "queued",
        WebhookState.Sent => "sent",
        WebhookState.GaveUp => "gave-up",
        WebhookState.Overtaken => "overtaken",
        WebhookState.Gone => "gone",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "No state of a webhook's message."),
    };

    /// <summary>Finds a state by its id.</summary>
    /// <exception cref="FormatException">There is none.</exception>
    public static WebhookState Parse(string id) => id switch
    {
        "queued" => WebhookState.Queued,
        "sent" => WebhookState.Sent,
        "gave-up" => WebhookState.GaveUp,
        "overtaken" => WebhookState.Overtaken,
        "gone" => WebhookState.Gone,
        _ => throw new FormatException($"There is no state of a webhook's message '{id}'."),
    };
}
