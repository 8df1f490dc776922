using System.Globalization;
using Coordination.Dashboard.Desks;
using Coordination.Dashboard.SignIn;
using Coordination.Domain;
using Coordination.Domain.People;
using Coordination.Domain.Templates;
using Coordination.Storage.Templates;

namespace Coordination.Dashboard.Api;

/// <summary><c>/api/templates</c>: words with fields in them, from which posts are begun.</summary>
public static class TemplatesApi
{
    /// <summary>Maps the routes.</summary>
    public static void MapTemplates(this IEndpointRouteBuilder api)
    {
        api.MapGet("/templates", ListAsync).RequirePermission(Permission.Read)
            .WithSummary("All templates, by name.").Produces<ListDto<TemplateDto>>();
        api.MapGet("/templates/{id}", FindAsync).RequirePermission(Permission.Read)
            .WithSummary("One template.").Produces<TemplateDto>().ProducesProblem(StatusCodes.Status404NotFound);
        api.MapPut("/templates/{id}", SaveAsync).RequirePermission(Permission.ManageTemplates)
            .WithSummary("Saves a template; with the 'version' that was read, changes it. Repeating the same request is safe.")
            .Produces<TemplateDto>().ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
        api.MapDelete("/templates/{id}", RemoveAsync).RequirePermission(Permission.ManageTemplates)
            .WithSummary("Removes a template, given the ?version= that was read. Posts that were begun with it stand as they are.")
            .Produces(StatusCodes.Status204NoContent).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
    }

    private static async Task<IResult> ListAsync(ITemplateDesk desk, CancellationToken cancellationToken) =>
        TypedResults.Ok(new ListDto<TemplateDto>([.. (await desk.AllAsync(cancellationToken)).Select(TemplateDto.Of)], null));

    private static async Task<IResult> FindAsync(string id, ITemplateDesk desk, CancellationToken cancellationToken) =>
        await desk.FindAsync(id, cancellationToken) is { } template ? TypedResults.Ok(TemplateDto.Of(template)) : Problems.Of(Unknown.Template(id));

    private static async Task<IResult> SaveAsync(string id, TemplateRequest request, HttpContext context, ITemplateDesk desk, CancellationToken cancellationToken) =>
        await desk.SaveAsync(new TemplateWish(id, request.Name ?? "", request.Text ?? "", request.Hint), request.Version, context.User.Actor(), cancellationToken) switch
        {
            { Refusal: { } why } => Problems.Of(why),
            { Template: { } saved } => TypedResults.Ok(TemplateDto.Of(saved)),

            // Removed by another between the saving and the look.
            _ => Problems.Of(Unknown.Template(id)),
        };

    private static async Task<IResult> RemoveAsync(string id, string? version, HttpContext context, ITemplateDesk desk, CancellationToken cancellationToken)
    {
        if (!long.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var read))
        {
            return Problems.Of(new Refusal("version-missing", "Give the 'version' of the template that you read, as ?version=. Nothing was changed."));
        }

        var answer = await desk.RemoveAsync(id, read, context.User.Actor(), cancellationToken);
        return answer.Refusal is { } why ? Problems.Of(why) : TypedResults.NoContent();
    }
}

/// <summary>A template.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Text">The words, with fields in braces.</param>
/// <param name="Fields">The fields' names, in the order in which they come first.</param>
/// <param name="Hint">What it is for.</param>
/// <param name="Version">To be given with a change or a removal.</param>
/// <param name="SavedAt">When it was saved as it is (UTC).</param>
/// <param name="SavedBy">Staff id of who saved it.</param>
/// <param name="SavedByName">Their name at the time.</param>
public sealed record TemplateDto(
    string Id, string Name, string Text, IReadOnlyList<string> Fields, string? Hint, long Version, DateTimeOffset SavedAt, string SavedBy, string SavedByName)
{
    internal static TemplateDto Of(PostTemplate template)
    {
        // What no reader takes apart was not saved here; its words are shown all the same.
        TemplateText.Read(template.Text, out var text);
        return new(template.Id, template.Name, template.Text, text?.Fields ?? [], template.Hint, template.Version, template.SavedAt, template.SavedBy, template.SavedByName);
    }
}
