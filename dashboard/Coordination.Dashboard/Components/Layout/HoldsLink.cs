using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;

namespace Coordination.Dashboard.Components.Layout;

/// <summary>The way to the holds, marked as the current one on all pages about them: saved scopes and proofs are reached from there.</summary>
public sealed class HoldsLink : NavLink
{
    private static readonly PathString[] Pages = ["/holds", "/scopes", "/proofs"];

    /// <summary>A page among them that has a button of its own.</summary>
    [Parameter]
    public string? ButNot { get; set; }

    /// <inheritdoc/>
    protected override bool ShouldMatch(string uriAbsolute)
    {
        var path = new PathString(new Uri(uriAbsolute).AbsolutePath);
        return Array.Exists(Pages, page => path.StartsWithSegments(page, StringComparison.OrdinalIgnoreCase)) && !(ButNot is { } page && path.StartsWithSegments(page, StringComparison.OrdinalIgnoreCase));
    }
}
