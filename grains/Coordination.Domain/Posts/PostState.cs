using System.Text.Json.Serialization;

namespace Coordination.Domain.Posts;

/// <summary>Where a post stands. The names are a contract with clients.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<PostState>))]
public enum PostState
{
    /// <summary>Being written; nobody has asked for it to go out.</summary>
    [JsonStringEnumMemberName("draft")]
    Draft,

    /// <summary>Waits for somebody to approve it; it goes out only then, and only before its time has passed.</summary>
    [JsonStringEnumMemberName("submitted")]
    Submitted,

    /// <summary>Sent back to its writer with a comment.</summary>
    [JsonStringEnumMemberName("returned")]
    Returned,

    /// <summary>Goes out at its time.</summary>
    [JsonStringEnumMemberName("scheduled")]
    Scheduled,

    /// <summary>A permit is open: the call is being made. Derived from the permit, never stored with the account.</summary>
    [JsonStringEnumMemberName("publishing")]
    Publishing,

    /// <summary>It is out.</summary>
    [JsonStringEnumMemberName("published")]
    Published,

    /// <summary>A hold stopped it; a person decides.</summary>
    [JsonStringEnumMemberName("held")]
    Held,

    /// <summary>Its time passed for another reason; a person decides.</summary>
    [JsonStringEnumMemberName("missed")]
    Missed,

    /// <summary>A person took it back.</summary>
    [JsonStringEnumMemberName("cancelled")]
    Cancelled,

    /// <summary>The platform refused its content.</summary>
    [JsonStringEnumMemberName("rejected")]
    Rejected,

    /// <summary>It could not be sent, and it is certain that it did not go out. A person may have it sent again.</summary>
    [JsonStringEnumMemberName("failed")]
    Failed,

    /// <summary>Nobody knows yet whether it went out; a person looks.</summary>
    [JsonStringEnumMemberName("unknown")]
    Unknown,

    /// <summary>It was out and has been removed.</summary>
    [JsonStringEnumMemberName("removed")]
    Removed,
}

/// <summary>What the states mean.</summary>
public static class PostStates
{
    /// <summary>The id, as in JSON and in the database.</summary>
    public static string Id(this PostState state) => state switch
    {
        PostState.Draft => "draft",
        PostState.Submitted => "submitted",
        PostState.Returned => "returned",
        PostState.Scheduled => "scheduled",
        PostState.Publishing => "publishing",
        PostState.Published => "published",
        PostState.Held => "held",
        PostState.Missed => "missed",
        PostState.Cancelled => "cancelled",
        PostState.Rejected => "rejected",
        PostState.Failed => "failed",
        PostState.Unknown => "unknown",
        PostState.Removed => "removed",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "No such post state."),
    };

    /// <summary>The state as the rest of a sentence that begins "The post".</summary>
    public static string Words(this PostState state) => state switch
    {
        PostState.Draft => "is a draft",
        PostState.Submitted => "waits for approval",
        PostState.Returned => "was sent back to its writer",
        PostState.Scheduled => "is scheduled",
        PostState.Publishing => "is being sent",
        PostState.Published => "is out",
        PostState.Held => "is held",
        PostState.Missed => "was missed",
        PostState.Cancelled => "was cancelled",
        PostState.Rejected => "was rejected by the platform",
        PostState.Failed => "could not be sent",
        PostState.Unknown => "may or may not have gone out",
        PostState.Removed => "was removed",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "No such post state."),
    };

    /// <summary>Finds a state by its id.</summary>
    public static PostState Parse(string id) => Enum.GetValues<PostState>().First(state => string.Equals(state.Id(), id, StringComparison.Ordinal));

    /// <summary>Whether nothing more can happen to the post.</summary>
    public static bool IsTerminal(this PostState state) =>
        state is PostState.Cancelled or PostState.Rejected or PostState.Removed;

    /// <summary>Whether the post has not gone out and still may.</summary>
    public static bool IsWaiting(this PostState state) =>
        state is PostState.Scheduled or PostState.Submitted or PostState.Returned or PostState.Held or PostState.Missed;

    /// <summary>Whether the post waits for a person in the hand-back list.</summary>
    public static bool AwaitsPerson(this PostState state) => state is PostState.Held or PostState.Missed or PostState.Unknown;
}
