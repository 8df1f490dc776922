using System.Text.Json.Serialization;

namespace Coordination.Domain.Tasks;

/// <summary>What a person has to do on a platform itself, because its interface or the service cannot. The names are a contract with clients.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<TaskKind>))]
public enum TaskKind
{
    /// <summary>Delete a post by hand.</summary>
    [JsonStringEnumMemberName("delete-post")]
    DeletePost,

    /// <summary>Change a picture or biographical details (3.1).</summary>
    [JsonStringEnumMemberName("profile")]
    Profile,

    /// <summary>Follow or like, or stop it (3.1).</summary>
    [JsonStringEnumMemberName("follow")]
    Follow,

    /// <summary>Anything else.</summary>
    [JsonStringEnumMemberName("other")]
    Other,
}

/// <summary>Ids and names of the kinds of task.</summary>
public static class TaskKinds
{
    /// <summary>The id, as in JSON.</summary>
    public static string Id(this TaskKind kind) => kind switch
    {
        TaskKind.DeletePost => "delete-post",
        TaskKind.Profile => "profile",
        TaskKind.Follow => "follow",
        TaskKind.Other => "other",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No such kind of task."),
    };

    /// <summary>The name, as on screen.</summary>
    public static string Name(this TaskKind kind) => kind switch
    {
        TaskKind.DeletePost => "Delete a post by hand",
        TaskKind.Profile => "Change the picture or biography",
        TaskKind.Follow => "Follow or like, or stop it",
        TaskKind.Other => "Something else",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No such kind of task."),
    };

    /// <summary>Finds a kind by its id.</summary>
    public static bool TryParse(string? id, out TaskKind kind)
    {
        foreach (var candidate in Enum.GetValues<TaskKind>())
        {
            if (string.Equals(candidate.Id(), id, StringComparison.Ordinal))
            {
                kind = candidate;
                return true;
            }
        }

        kind = default;
        return false;
    }
}
