using System.Globalization;
using System.Text.Json;
using Coordination.Sandbox.Api;
using Coordination.Sandbox.Network;

namespace Coordination.Sandbox.Control;

/// <summary>What was made ready ahead of posts, and how containers misbehave.</summary>
internal static class PreparedEndpoints
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private sealed record ContainerOrderOf(string? Account, int BusyAsks = 0, bool Expired = false, string? Error = null, int Lost = 0, int? QuotaUsed = null);

    public static void MapPrepared(this RouteGroupBuilder control)
    {
        control.MapGet("/containers", (string account, SandboxNetwork network) => network.ByUsername(account) is { } known
            ? Results.Json(network.Containers(known.Id).Select(c => new { id = Text(c.Id), c.Text, post = network.Container(c.Id).Post is { } post ? Text(post) : null }), Json)
            : Answers.NotFound);
        control.MapGet("/uploads", (string account, SandboxNetwork network) => network.ByUsername(account) is { } known
            ? Results.Json(
                network.Uploads(known.Id).Select(u => new { id = Text(u.Id), u.TotalBytes, pieces = network.Pieces(u.Id).Select(p => p.Index), done = network.Media(u.Id) is not null }), Json)
            : Answers.NotFound);
        control.MapPost("/containers", SetAsync);
    }

    private static async Task<IResult> SetAsync(HttpRequest request, SandboxNetwork network, ContainerBoard board)
    {
        ContainerOrderOf? order;
        try
        {
            order = await JsonSerializer.DeserializeAsync<ContainerOrderOf>(request.Body, Json);
        }
        catch (JsonException)
        {
            order = null;
        }

        if (order?.Account is not { } username || network.ByUsername(username) is not { } account)
        {
            return Answers.Unprocessable("Write {\"account\": \"...\"} of one that is registered and, if wanted, busyAsks, expired, error, lost, quotaUsed.");
        }

        board.Set(account.Id, new ContainerOrder(order.BusyAsks, order.Expired, order.Error, order.Lost, order.QuotaUsed));
        return Results.NoContent();
    }

    private static string Text(long id) => id.ToString(CultureInfo.InvariantCulture);
}
