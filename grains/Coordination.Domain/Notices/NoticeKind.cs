using System.Text.Json.Serialization;

namespace Coordination.Domain.Notices;

/// <summary>What people are told of. The names are a contract with clients.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<NoticeKind>))]
public enum NoticeKind
{
    /// <summary>A hold came into force.</summary>
    [JsonStringEnumMemberName("placed")]
    Placed,

    /// <summary>A hold was lifted, or ended.</summary>
    [JsonStringEnumMemberName("lifted")]
    Lifted,
}

/// <summary>Where one person's message is. The names are a contract with clients.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<NoticeState>))]
public enum NoticeState
{
    /// <summary>It waits to be sent, or to be sent again.</summary>
    [JsonStringEnumMemberName("queued")]
    Queued,

    /// <summary>The mail server took it. Whether it was read is not known.</summary>
    [JsonStringEnumMemberName("sent")]
    Sent,

    /// <summary>The mail server refused it for good.</summary>
    [JsonStringEnumMemberName("failed")]
    Failed,

    /// <summary>It was tried as often as it may be.</summary>
    [JsonStringEnumMemberName("gave-up")]
    GaveUp,

    /// <summary>The hold was lifted before it could be sent: what it says is not so any more.</summary>
    [JsonStringEnumMemberName("overtaken")]
    Overtaken,

    /// <summary>No e-mail address is recorded of this person.</summary>
    [JsonStringEnumMemberName("no-address")]
    NoAddress,
}

/// <summary>Ids of what people are told of, and of where it is.</summary>
public static class NoticeIds
{
    private static readonly Dictionary<NoticeState, string> States = new()
    {
        [NoticeState.Queued] = "queued",
        [NoticeState.Sent] = "sent",
        [NoticeState.Failed] = "failed",
        [NoticeState.GaveUp] = "gave-up",
        [NoticeState.Overtaken] = "overtaken",
        [NoticeState.NoAddress] = "no-address",
    };

    /// <summary>The id, as in JSON and in the database.</summary>
    public static string Id(this NoticeKind kind) => kind == NoticeKind.Placed ? "placed" : "lifted";

    /// <summary>The id, as in JSON and in the database.</summary>
    public static string Id(this NoticeState state) => States[state];

    /// <summary>Finds a kind by its id.</summary>
    /// <exception cref="FormatException">There is none.</exception>
    public static NoticeKind ParseKind(string id) => id switch
    {
        "placed" => NoticeKind.Placed,
        "lifted" => NoticeKind.Lifted,
        _ => throw new FormatException($"There is no kind of notice '{id}'."),
    };

    /// <summary>Finds a state by its id.</summary>
    /// <exception cref="FormatException">There is none.</exception>
    public static NoticeState ParseState(string id)
    {
        foreach (var (state, name) in States)
        {
            if (string.Equals(name, id, StringComparison.Ordinal))
            {
                return state;
            }
        }

        throw new FormatException($"There is no state of a notice '{id}'.");
    }
}
