using System.Text.Json.Serialization;

namespace Coordination.Domain.Accounts;

/// <summary>The life of an account: it is requested, approved by Comms, connected to its platform, and one day retired.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<AccountLifecycle>))]
public enum AccountLifecycle
{
    /// <summary>No such account.</summary>
    [JsonStringEnumMemberName("none")]
    None,

    /// <summary>Somebody asked for it; Comms has not agreed yet (3.1).</summary>
    [JsonStringEnumMemberName("requested")]
    Requested,

    /// <summary>Comms agreed; the service cannot reach it yet.</summary>
    [JsonStringEnumMemberName("approved")]
    Approved,

    /// <summary>The service can publish on it.</summary>
    [JsonStringEnumMemberName("connected")]
    Connected,

    /// <summary>Closed for good. Its record stays.</summary>
    [JsonStringEnumMemberName("retired")]
    Retired,
}
