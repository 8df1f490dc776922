using Coordination.Domain.Accounts;

namespace Coordination.Domain.Posts;

/// <summary>Checks a text against the limits of the platform it is for.</summary>
public static class PostText
{
    /// <summary>Checks a text.</summary>
    /// <returns>Null when it fits.</returns>
    public static Refusal? Check(AccountKey account, string text) => string.IsNullOrWhiteSpace(text)
        ? new Refusal("text-empty", $"The post for {account} has no text. Nothing was scheduled. Write something.")
        : StorableText.Check($"post for {account}", text);
}
