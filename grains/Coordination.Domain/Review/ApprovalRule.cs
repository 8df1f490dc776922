using System.Text.Json.Serialization;

namespace Coordination.Domain.Review;

/// <summary>Whether somebody else reads a post before it goes out. The names are a contract with clients.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ApprovalNeed>))]
public enum ApprovalNeed
{
    /// <summary>Whoever may publish does so alone.</summary>
    [JsonStringEnumMemberName("none")]
    None,

    /// <summary>An approver reads it, unless its writer is one.</summary>
    [JsonStringEnumMemberName("one")]
    One,

    /// <summary>Two people: an approver who did not write it.</summary>
    [JsonStringEnumMemberName("two")]
    Two,
}

/// <summary>Who approves the posts of some accounts.</summary>
/// <param name="For">A kind of account, <c>corporate</c> or <c>local</c>, or one account's key. An account's own rule goes before its kind's.</param>
/// <param name="Need">Whether somebody else reads them first.</param>
/// <param name="Approvers">Staff ids of those who may approve them besides Comms.</param>
public sealed record ApprovalRule(string For, ApprovalNeed Need, IReadOnlyList<string> Approvers);
