using System.Reflection;
using Coordination.Dashboard.Hubs;
using Coordination.Domain.People;
using Coordination.SystemTests.Support;
using Microsoft.AspNetCore.SignalR.Client;

namespace Coordination.SystemTests.Hub;

/// <summary>Every method of the hub by every role, against the matrix. A method that is not in the list here fails.</summary>
public sealed class HubAuthorityTests(ServiceFixture fixture)
{
    private static readonly Dictionary<string, (Permission Needs, object?[] Arguments)> Methods = new(StringComparer.Ordinal)
    {
        ["Follow"] = (Permission.Read, [new[] { "area:coventry" }]),
        ["Resume"] = (Permission.Read, [new[] { "area:coventry" }, null, 0L]),
    };

    /// <summary>All roles of people.</summary>
    public static TheoryData<Role> Everybody { get; } = new(Domain.People.Roles.People);

    [Fact]
    public void EveryMethod_IsInTheList() => Assert.Equal(
        typeof(CoordinationHub).GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly).Where(m => m.GetBaseDefinition().DeclaringType != typeof(Microsoft.AspNetCore.SignalR.Hub)).Select(m => m.Name).Order(StringComparer.Ordinal),
        Methods.Keys.Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Everybody))]
    public async Task Method_AnswersWhoHasItsPermission_AndNobodyElse(Role role)
    {
        foreach (var (method, (needs, arguments)) in Methods)
        {
            await using var connection = new HubConnectionBuilder()
                .WithUrl(new Uri(fixture.Service.BaseAddress, CoordinationHub.Path), o => o.AccessTokenProvider = () => Task.FromResult<string?>(fixture.Token(role.Id())))
                .Build();
            async Task CallAsync()
            {
                await connection.StartAsync(TestContext.Current.CancellationToken);
                await connection.InvokeCoreAsync(method, arguments, TestContext.Current.CancellationToken);
            }

            if (PermissionMatrix.Allows(role, needs))
            {
                await CallAsync();
            }
            else
            {
                Assert.Equal(HttpStatusCode.Forbidden, (await Assert.ThrowsAsync<HttpRequestException>(CallAsync)).StatusCode);
            }
        }
    }
}
