namespace Coordination.Storage.Tests.Fence.Model;

/// <summary>What no step of anybody may lead to.</summary>
internal static class ModelFault
{
    /// <summary>What must never be; null when all is well.</summary>
    public static string? Of(ModelState state)
    {
        for (var post = 0; post < FenceModel.Posts; post++)
        {
            var about = state.Post(post);
            for (var hold = 0; hold < FenceModel.Holds; hold++)
            {
                var by = state.Hold(hold);
                if (!FenceModel.Covers(hold, post) || by.Placed == 0 || about.PermitSequence == 0)
                {
                    continue;
                }

                if (about.PermitSequence > by.Placed && (by.Lifted == 0 || about.PermitSequence < by.Lifted))
                {
                    return $"G1: the permit of post {post} lies inside hold {hold}";
                }

                if (by.Lifted != 0 && by.Lifted < about.PermitSequence && (by.DueAtLift & (1 << post)) != 0 && by.Lifted > about.Confirmed)
                {
                    return $"G1: post {post} fell due under hold {hold} and got a permit afterwards by itself";
                }
            }

            if (about.Leaked)
            {
                return $"G1: post {post} arrived under a hold that did not list it as in flight";
            }

            if (about.Accepted > 1)
            {
                return $"G3: post {post} was accepted twice";
            }

            if (about.Accepted > 0 && about.Step is PostStep.Cancelled or PostStep.Held)
            {
                return $"The outside: post {post} is out and stands as {about.Step}";
            }
        }

        return null;
    }
}
