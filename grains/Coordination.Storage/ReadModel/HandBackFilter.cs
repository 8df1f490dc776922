namespace Coordination.Storage.ReadModel;

/// <summary>Which of the posts that wait for a person; what is null narrows nothing.</summary>
/// <param name="Account">Those of one account, by key.</param>
/// <param name="Hold">Those that one hold stopped.</param>
/// <param name="Area">Those of the accounts of one area.</param>
public sealed record HandBackFilter(string? Account = null, string? Hold = null, string? Area = null)
{
    /// <summary>All of them.</summary>
    public static HandBackFilter None { get; } = new();
}
