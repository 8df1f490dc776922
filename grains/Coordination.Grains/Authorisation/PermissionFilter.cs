using System.Collections.Concurrent;
using System.Reflection;
using Coordination.Contracts;

namespace Coordination.Grains.Authorisation;

/// <summary>The second of two checks: no grain method of ours runs without a stated permission, or without an actor who has it.</summary>
public sealed class PermissionFilter : IIncomingGrainCallFilter
{
    private static readonly Assembly Ours = typeof(IAccountGrain).Assembly;
    private readonly ConcurrentDictionary<MethodInfo, RequiresAttribute?> _rules = new();

    /// <inheritdoc/>
    public Task Invoke(IIncomingGrainCallContext context)
    {
        if (context.InterfaceMethod.DeclaringType?.Assembly == Ours && _rules.GetOrAdd(context.InterfaceMethod, RuleOf) is { } rule)
        {
            Check(context, rule);
        }

        return context.Invoke();
    }

    private static RequiresAttribute? RuleOf(MethodInfo method) => method.GetCustomAttribute<RequiresAttribute>()
        ?? (method.IsDefined(typeof(InternalCallAttribute))
            ? null
            : throw new UnauthorizedAccessException($"{method.DeclaringType?.Name}.{method.Name} states no permission, so nobody may call it."));

    private static void Check(IIncomingGrainCallContext context, RequiresAttribute rule)
    {
        for (var i = 0; i < context.Request.GetArgumentCount(); i++)
        {
            if (context.Request.GetArgument(i) is CommandContext command
                && rule.AnyOf.Any(command.Actor.May))
            {
                return;
            }
        }

        throw new UnauthorizedAccessException(
            $"{context.InterfaceMethod.Name} on {context.TargetId} was refused: the caller has none of the permissions {string.Join(", ", rule.AnyOf)}.");
    }
}
