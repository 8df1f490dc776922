namespace Coordination.Domain.Accounts;

/// <summary>Whether an account speaks for the whole service or for one place.</summary>
[System.Text.Json.Serialization.JsonConverter(typeof(System.Text.Json.Serialization.JsonStringEnumConverter<AccountKind>))]
public enum AccountKind
{
    /// <summary>An official account of the whole service (order 01/25, section 3.1).</summary>
    [System.Text.Json.Serialization.JsonStringEnumMemberName("corporate")]
    Corporate,

    /// <summary>An account of one station or department.</summary>
    [System.Text.Json.Serialization.JsonStringEnumMemberName("local")]
    Local,
}

/// <summary>What holds are matched on: ids, never display names (FENCE.md rule 7).</summary>
/// <param name="Platform">Platform id, such as <c>x</c>.</param>
/// <param name="Kind">Corporate or local.</param>
/// <param name="Area">Area id (a borough), such as <c>coventry</c>; null for an account of the whole service.</param>
/// <param name="Station">Station id, such as <c>aston</c>; null when it belongs to none.</param>
/// <param name="Department">Department id, such as <c>prevention</c>; null when it belongs to none.</param>
public sealed record AccountLabels(string Platform, AccountKind Kind, string? Area, string? Station, string? Department);
