using System.Reflection;
using Coordination.Contracts;
using Coordination.Domain.People;
using Xunit;

namespace Coordination.Grains.Tests;

/// <summary>Every method of every grain, by every role: who may call it is stated, is what the matrix says, and is enforced by a running silo.</summary>
public sealed class GrainAuthorityTests(SharedCluster shared)
{
    private static readonly MethodInfo[] Methods =
    [
        .. typeof(IAccountGrain).Assembly.GetTypes().Where(t => t.IsInterface && typeof(IAddressable).IsAssignableFrom(t))
            .SelectMany(t => t.GetMethods()).OrderBy(m => m.DeclaringType!.Name, StringComparer.Ordinal).ThenBy(m => m.Name, StringComparer.Ordinal),
    ];

    // A method that is added without a word about who may call it is missing here, and the filter lets nobody call it.
    [Fact]
    public void Methods_StateWhoMayCallThem() => GoldenFile.Matches("grain-authority.txt", string.Concat(Methods.Select(m => $"{m.DeclaringType!.Name}.{m.Name}: {Who(m)}\n")));

    [Fact]
    public async Task Call_IsRefused_OfEveryRoleWithoutTheRight_AndWithoutAnybody()
    {
        var key = await shared.Cluster.RegisterAsync("authority");
        var grain = shared.Cluster.Account(key);
        var version = (await grain.Read()).Version;
        var refused = 0;
        foreach (var method in Methods.Where(m => m.DeclaringType == typeof(IAccountGrain) && m.IsDefined(typeof(RequiresAttribute))))
        {
            foreach (var role in Roles.People.Where(r => !Allowed(method).Contains(r)))
            {
                await Assert.ThrowsAsync<UnauthorizedAccessException>(() => CallAsync(grain, method, new CommandContext(Guid.NewGuid(), new Actor("somebody", "Somebody", role))));
                refused++;
            }

            await Assert.ThrowsAsync<UnauthorizedAccessException>(() => CallAsync(grain, method, context: null));
        }

        Assert.True(refused > 20, $"{refused} calls were tried.");
        Assert.Equal(version, (await grain.Read()).Version);
    }

    [Fact]
    public async Task Call_IsRefused_OfANarrowedActor_WhoseRoleWouldHaveTheRight()
    {
        var key = await shared.Cluster.RegisterAsync("narrowed");
        var grain = shared.Cluster.Account(key);
        var version = (await grain.Read()).Version;
        foreach (var method in Methods.Where(m => m.DeclaringType == typeof(IAccountGrain) && m.IsDefined(typeof(RequiresAttribute))))
        {
            foreach (var role in Allowed(method))
            {
                // All that the role may, but for what the method asks for.
                var anyOf = method.GetCustomAttribute<RequiresAttribute>()!.AnyOf;
                var client = new Actor("somebody", "Screen for Somebody", role, null, [.. Enum.GetValues<Permission>().Except(anyOf)]);
                await Assert.ThrowsAsync<UnauthorizedAccessException>(() => CallAsync(grain, method, new CommandContext(Guid.NewGuid(), client)));
            }
        }

        Assert.Equal(version, (await grain.Read()).Version);
    }

    // The edge has looked before; the grain looks by the same table.
    [Fact]
    public async Task Call_IsRefused_OfAnOldSignIn_WhereAFreshOneIsNeeded()
    {
        var key = await shared.Cluster.RegisterAsync("stale");
        var grain = shared.Cluster.Account(key);
        var version = (await grain.Read()).Version;
        var needed = Methods.Where(m => m.GetCustomAttribute<RequiresAttribute>() is { } rule && rule.AnyOf.All(FreshSignIn.IsNeededFor)).ToArray();
        Assert.Equal(["Remove"], needed.Select(m => m.Name));
        foreach (var role in Allowed(needed[0]))
        {
            var old = new CommandContext(Guid.NewGuid(), new Actor("somebody", "Somebody", role) { Stale = true });
            await Assert.ThrowsAsync<UnauthorizedAccessException>(() => CallAsync(grain, needed[0], old));
        }

        Assert.Equal(version, (await grain.Read()).Version);
    }

    // What it would do is nothing: who may not is refused before anything is looked at.
    private static async Task CallAsync(IAccountGrain grain, MethodInfo method, CommandContext? context) => await (Task)method.Invoke(
        grain,
        [.. method.GetParameters().Select(p => p.ParameterType == typeof(CommandContext) ? context : p.ParameterType.IsValueType ? Activator.CreateInstance(p.ParameterType) : null)])!;

    private static string Who(MethodInfo method) => method.IsDefined(typeof(InternalCallAttribute)) ? "the service"
        : method.IsDefined(typeof(RequiresAttribute)) ? string.Join(' ', Allowed(method).Select(r => r.Id()))
        : "nobody: it does not say";

    private static Role[] Allowed(MethodInfo method) => [.. Roles.People.Where(role => method.GetCustomAttribute<RequiresAttribute>()!.AnyOf.Any(p => PermissionMatrix.Allows(role, p)))];
}
