using System.Globalization;
using System.Text.Json.Nodes;
using Coordination.Sandbox.Network;

namespace Coordination.Sandbox.Api;

/// <summary>Posting, looking, changing and deleting (docs.joinmastodon.org/methods/statuses).</summary>
internal static class StatusEndpoints
{
    public static void MapStatuses(this WebApplication app)
    {
        app.MapPost("/api/v1/statuses", PublishAsync);
        app.MapGet("/api/v1/statuses/{id}", (string id, HttpContext context, SandboxNetwork network) =>
            AccountEndpoints.Guard(context) ?? (Find(network, id) is { } post
                ? Answers.Ok(new Entities(network, context.Request).Status(post, network.ById(post.AccountId)!))
                : Answers.NotFound));
        app.MapPut("/api/v1/statuses/{id}", EditAsync);
        app.MapDelete("/api/v1/statuses/{id}", DeleteAsync);
    }

    private static async Task<IResult> PublishAsync(HttpContext context, SandboxNetwork network, SandboxOptions options)
    {
        if (context.Account() is not { } account)
        {
            return Answers.Unauthorized;
        }

        var (status, fault) = await NewStatus.ReadAsync(context.Request, options);
        if (status is null)
        {
            return Answers.Unprocessable(fault!);
        }

        if (UnfitMedia(status, network, account) is { } unfit)
        {
            return unfit;
        }

        var before = status.ReplyTo is null ? null : Find(network, status.ReplyTo);
        if (status.ReplyTo is not null && before is null)
        {
            return Answers.NotFound;
        }

        var key = context.Request.Headers["Idempotency-Key"].ToString();
        var (outcome, post, durable) = network.Publish(
            account, status.Text, status.Visibility, status.Language, status.MediaIds, before?.Id, key.Length == 0 ? null : key, context.ArrivedAt());
        await durable;
        return outcome == PublishOutcome.Deleted
            ? Answers.NotFound
            : Answers.Ok(new Entities(network, context.Request).Status(post, account));
    }

    // As there, what is not named again of the images goes.
    private static async Task<IResult> EditAsync(string id, HttpContext context, SandboxNetwork network, SandboxOptions options)
    {
        if (context.Account() is not { } account)
        {
            return Answers.Unauthorized;
        }

        if (Find(network, id) is not { } found || !string.Equals(found.AccountId, account.Id, StringComparison.Ordinal))
        {
            return Answers.NotFound;
        }

        var (status, fault) = await NewStatus.ReadAsync(context.Request, options);
        if (status is null)
        {
            return Answers.Unprocessable(fault!);
        }

        if (UnfitMedia(status, network, account) is { } unfit)
        {
            return unfit;
        }

        var key = context.Request.Headers["Idempotency-Key"].ToString();
        if (network.Edit(account, found.Id, status.Text, status.Language, status.MediaIds, key.Length == 0 ? null : key, context.ArrivedAt()) is not { } edit)
        {
            return Answers.NotFound;
        }

        await edit.Durable;
        return Answers.Ok(new Entities(network, context.Request).Status(edit.Post, account));
    }

    private static IResult? UnfitMedia(NewStatus status, SandboxNetwork network, SandboxAccount account) =>
        status.MediaIds.Count > MediaEndpoints.MostOfStatus
            ? Answers.Unprocessable($"Validation failed: Cannot attach more than {MediaEndpoints.MostOfStatus} files")
            : status.MediaIds.All(m => string.Equals(network.Media(m)?.AccountId, account.Id, StringComparison.Ordinal))
                ? null
                : Answers.Unprocessable("Validation failed: Media could not be found");

    private static async Task<IResult> DeleteAsync(string id, HttpContext context, SandboxNetwork network)
    {
        if (context.Account() is not { } account)
        {
            return Answers.Unauthorized;
        }

        if (Find(network, id) is not { } found || network.Delete(account, found.Id, context.ArrivedAt()) is not { } deletion)
        {
            return Answers.NotFound;
        }

        await deletion.Durable;
        JsonObject entity = new Entities(network, context.Request).Status(deletion.Post, account, withSource: true);
        return Answers.Ok(entity);
    }

    private static SandboxPost? Find(SandboxNetwork network, string id) =>
        long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? network.Post(number) : null;
}
