using Coordination.Domain.Accounts;
using Coordination.Domain.People;
using Coordination.Domain.Review;
using Coordination.Storage.ReadModel;

namespace Coordination.Dashboard.Desks;

/// <summary>Whose posts somebody may approve.</summary>
public static class Approvers
{
    /// <summary>Which of the waiting posts are the person's to approve; null for all of them, as for Comms.</summary>
    public static ApproverFilter? FilterFor(Actor actor, PublishingRules rules)
    {
        if (actor.May(Permission.ApprovePost))
        {
            return null;
        }

        var own = rules.Approvals.Where(r => !AccountKinds.TryParse(r.For, out _)).ToLookup(r => ReviewRules.MayApprove(r, actor), r => r.For);
        var kinds = rules.Approvals.Where(r => AccountKinds.TryParse(r.For, out _) && ReviewRules.MayApprove(r, actor)).Select(r => r.For);
        return new ApproverFilter([.. own[true]], [.. kinds], [.. own[true], .. own[false]], actor.Id);
    }
}
