using System.Text.Json.Serialization;

namespace Coordination.Domain.Posts;

/// <summary>What a failure asks of people. The names are a contract with clients.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<FailureClass>))]
public enum FailureClass
{
    /// <summary>Nothing: it is tried again by itself, inside the post's tolerance.</summary>
    [JsonStringEnumMemberName("will-retry")]
    WillRetry,

    /// <summary>Somebody does something first; then the post can go out as it stands.</summary>
    [JsonStringEnumMemberName("needs-you")]
    NeedsYou,

    /// <summary>This text never goes out on this account.</summary>
    [JsonStringEnumMemberName("never")]
    Never,
}

/// <summary>Why nothing was sent. The names are a contract with clients.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<FailureCause>))]
public enum FailureCause
{
    /// <summary>The platform could not be reached.</summary>
    [JsonStringEnumMemberName("unreachable")]
    Unreachable,

    /// <summary>The platform allows no more requests for now.</summary>
    [JsonStringEnumMemberName("rate-limit")]
    RateLimit,

    /// <summary>The platform is closed for now.</summary>
    [JsonStringEnumMemberName("closed")]
    Closed,

    /// <summary>The platform does not accept the account's sign-in, or there is none.</summary>
    [JsonStringEnumMemberName("sign-in")]
    SignIn,

    /// <summary>What is set up for the account cannot work, such as its server's address.</summary>
    [JsonStringEnumMemberName("settings")]
    Settings,

    /// <summary>The platform refuses the text.</summary>
    [JsonStringEnumMemberName("text")]
    Text,

    /// <summary>The platform refuses an image.</summary>
    [JsonStringEnumMemberName("image")]
    Image,
}

/// <summary>Ids of failure classes and causes.</summary>
public static class FailureClasses
{
    /// <summary>The id, as in JSON.</summary>
    public static string Id(this FailureClass kind) => kind switch
    {
        FailureClass.WillRetry => "will-retry",
        FailureClass.NeedsYou => "needs-you",
        FailureClass.Never => "never",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No such class."),
    };

    /// <summary>The id, as in JSON.</summary>
    public static string Id(this FailureCause cause) => cause switch
    {
        FailureCause.Unreachable => "unreachable",
        FailureCause.RateLimit => "rate-limit",
        FailureCause.Closed => "closed",
        FailureCause.SignIn => "sign-in",
        FailureCause.Settings => "settings",
        FailureCause.Text => "text",
        FailureCause.Image => "image",
        _ => throw new ArgumentOutOfRangeException(nameof(cause), cause, "No such cause."),
    };
}
