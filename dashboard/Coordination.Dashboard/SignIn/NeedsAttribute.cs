using Coordination.Domain.People;
using Microsoft.AspNetCore.Authorization;

namespace Coordination.Dashboard.SignIn;

/// <summary>Which permission a page needs besides what every page does: any one of them lets in, at the edge and inside an open page.</summary>
/// <param name="what">What somebody without it may not do, as it stands after "You may not".</param>
/// <param name="anyOf">The permissions.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class NeedsAttribute(string what, params Permission[] anyOf) : Attribute, IAuthorizeData
{
    /// <summary>What somebody without it may not do.</summary>
    public string What => what;

    /// <summary>The permissions, any one of which lets in.</summary>
    public IReadOnlyList<Permission> AnyOf => anyOf;

    /// <inheritdoc/>
    public string? Policy { get => PermissionPolicies.Name(anyOf); set => throw new NotSupportedException("The permissions say the policy."); }

    /// <inheritdoc/>
    public string? Roles { get => null; set => throw new NotSupportedException("The permissions say who."); }

    /// <inheritdoc/>
    public string? AuthenticationSchemes { get => null; set => throw new NotSupportedException("Pages know one sign-in."); }
}
