using Coordination.Domain.People;

namespace Coordination.Contracts;

/// <summary>
/// The permissions of which a caller of a grain method must have one. The grain call filter reads it from the first
/// <see cref="CommandContext"/> argument; a method without it is refused.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RequiresAttribute(params Permission[] anyOf) : Attribute
{
    /// <summary>Any one of these suffices.</summary>
    public IReadOnlyList<Permission> AnyOf { get; } = anyOf;
}

/// <summary>Marks a grain method that only the service's own processes call and that carries no person's command.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class InternalCallAttribute : Attribute;
