using Coordination.Domain.Accounts;
using Coordination.Domain.Platforms;

namespace Coordination.Domain.Posts;

/// <summary>Checks a text against what can be stored and the limits of the platform it is for.</summary>
public static class PostText
{
    /// <summary>Checks a text.</summary>
    /// <returns>Null when it fits.</returns>
    public static Refusal? Check(AccountKey account, string text) =>
        StorableText.Check($"post for {account}", text) ?? Limits(account, text);

    private static Refusal? Limits(AccountKey account, string text) => TextLimits.Check(account.Platform, text) switch
    {
        TextCheck.Fits => null,
        TextCheck.Empty => new Refusal("text-empty", $"The post for {account} has no text. Nothing was scheduled. Write something."),
        TextCheck.TooLong tooLong => new Refusal("text-too-long", $"The post for {account} does not fit. {tooLong.Reason} Nothing was scheduled. Shorten it."),
        TextCheck.Unsendable unsendable => new Refusal("text-unsendable", $"The post for {account} cannot be sent. {unsendable.Reason} Nothing was scheduled. Write it anew."),
        var other => throw new InvalidOperationException($"No rule for {other.GetType().Name}."),
    };
}
