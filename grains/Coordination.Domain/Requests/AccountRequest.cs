using System.Text.Json.Serialization;
using Coordination.Domain.Accounts;

namespace Coordination.Domain.Requests;

/// <summary>What is asked for about an account. The names are a contract with clients.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RequestKind>))]
public enum RequestKind
{
    /// <summary>A new account.</summary>
    [JsonStringEnumMemberName("create")]
    Create,

    /// <summary>Another handle.</summary>
    [JsonStringEnumMemberName("rename")]
    Rename,

    /// <summary>Close it for good.</summary>
    [JsonStringEnumMemberName("close")]
    Close,
}

/// <summary>Ids and names of the kinds of request.</summary>
public static class RequestKinds
{
    /// <summary>The id, as in JSON.</summary>
    public static string Id(this RequestKind kind) => kind switch
    {
        RequestKind.Create => "create",
        RequestKind.Rename => "rename",
        RequestKind.Close => "close",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No such kind of request."),
    };

    /// <summary>The name, as on screen.</summary>
    public static string Name(this RequestKind kind) => kind switch
    {
        RequestKind.Create => "A new account",
        RequestKind.Rename => "Another handle",
        RequestKind.Close => "Close an account",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No such kind of request."),
    };

    /// <summary>Finds a kind by its id.</summary>
    public static bool TryParse(string? id, out RequestKind kind)
    {
        kind = id switch { "rename" => RequestKind.Rename, "close" => RequestKind.Close, _ => RequestKind.Create };
        return id is "create" or "rename" or "close";
    }
}

/// <summary>A request to create, rename or close an account; Comms decides (order 01/25, 3.1).</summary>
public sealed record AccountRequest
{
    /// <summary>What is asked for.</summary>
    public required RequestKind Kind { get; init; }

    /// <summary>The account; of one to create, the key that it would have.</summary>
    public required AccountKey Account { get; init; }

    /// <summary>The key with the other handle; null where no other is asked for.</summary>
    public AccountKey? NewAccount { get; init; }

    /// <summary>Where a new account would belong; null for other requests.</summary>
    public AccountLabels? Labels { get; init; }

    /// <summary>A new account's name; null for other requests.</summary>
    public string? DisplayName { get; init; }

    /// <summary>A new account's named contact; null for other requests.</summary>
    public NamedContact? Contact { get; init; }

    /// <summary>What a new account is for, or why the other.</summary>
    public required string Why { get; init; }

    /// <summary>Staff id of who asked.</summary>
    public required string AskedBy { get; init; }

    /// <summary>Their name at the time.</summary>
    public required string AskedByName { get; init; }

    /// <summary>When (UTC).</summary>
    public required DateTimeOffset AskedAt { get; init; }

    /// <summary>Whether it waits for Comms.</summary>
    public required bool Open { get; init; }

    /// <summary>Whether Comms agreed; null while it is open.</summary>
    public bool? Approved { get; init; }

    /// <summary>Staff id of who decided.</summary>
    public string? DecidedBy { get; init; }

    /// <summary>Their name at the time.</summary>
    public string? DecidedByName { get; init; }

    /// <summary>When (UTC).</summary>
    public DateTimeOffset? DecidedAt { get; init; }

    /// <summary>What Comms said.</summary>
    public string? Answer { get; init; }
}
