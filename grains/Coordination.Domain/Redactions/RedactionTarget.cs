using Coordination.Domain.Accounts;
using Coordination.Domain.Posts;

namespace Coordination.Domain.Redactions;

/// <summary>What is to be erased: all that a post said, or the content of one entry of the journal.</summary>
public abstract record RedactionTarget
{
    private RedactionTarget()
    {
    }

    /// <summary>A post: its words wherever they are kept.</summary>
    /// <param name="Account">The account it is on.</param>
    /// <param name="Id">The post.</param>
    public sealed record Post(AccountKey Account, PostId Id) : RedactionTarget;

    /// <summary>One entry of a stream that has no state beside it.</summary>
    /// <param name="Stream">The stream.</param>
    /// <param name="Number">The entry's number.</param>
    public sealed record Entry(string Stream, long Number) : RedactionTarget;
}
