using Coordination.Dashboard.Components.Compose;
using Coordination.Dashboard.Components.Kit;
using Coordination.Dashboard.Repeats;
using Coordination.Domain.Media;
using Coordination.Domain.People;
using Coordination.Domain.Posts;
using Coordination.Domain.Schedule;

namespace Coordination.Dashboard.Components.Repeats;

/// <summary>A post that comes back, from what is typed in the composer: what its dates would be, and its start. Nothing typed is lost on an error.</summary>
public sealed class RepeatStart(IRepeatDesk desk)
{
    private (Guid Id, string Wish)? _operation;
    private string? _previewed;

    /// <summary>What its dates would be; null before they were asked for.</summary>
    public RepeatPreview? Preview { get; private set; }

    /// <summary>Its first date in the quiet hours; null when there is none.</summary>
    public DateTimeOffset? QuietAt => Preview?.Dates.Where(d => d is { Quiet: true, LeftOut: false }).Select(d => (DateTimeOffset?)d.When.At).FirstOrDefault();

    /// <summary>Why it was not started, in words; null when it was, or was not asked for.</summary>
    public string? Wrong { get; private set; }

    /// <summary>What was started; null when nothing was.</summary>
    public Repeat? Started { get; private set; }

    /// <summary>Asks for the dates when what makes them is another than before.</summary>
    public async Task LookAsync(ComposeModel model, Actor actor, CancellationToken cancellationToken)
    {
        if (!model.Repeat.On || !model.Later || UkTime.ToWall(model.At) is not { } first)
        {
            (Preview, _previewed) = (null, null);
            return;
        }

        var wish = Wish(model, first);
        var made = $"{wish.Rule}\n{first:O}\n{wish.SkipHolidays}\n{wish.Accounts.Count}";
        if (string.Equals(made, _previewed, StringComparison.Ordinal))
        {
            return;
        }

        _previewed = made;
        try
        {
            var preview = await desk.PreviewAsync(wish, actor, cancellationToken);

            // Words and accounts are looked at by the rest of the page; here it is about dates.
            Preview = preview.Refusal is { Code: var code } && !code.StartsWith("repeat-", StringComparison.Ordinal) && code is not "time-in-past" ? preview with { Refusal = null } : preview;
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            (Preview, _previewed) = (null, null);
        }
    }

    /// <summary>Starts it. The same wish keeps its operation id until it is answered, so trying again is safe.</summary>
    /// <returns>Whether it is started.</returns>
    public async Task<bool> StartAsync(ComposeModel model, Actor actor, CancellationToken cancellationToken)
    {
        (Wrong, Started) = (null, null);
        Wrong = model.Chosen.Count == 0 ? "Choose at least one account."
            : string.IsNullOrWhiteSpace(model.Text) ? "Write something first."
            : model.Chosen.Any(a => model.Variants.ContainsKey(a.Platform.Id)) ? "A repeat says the same on every platform. Use the common words, or start one for each."
            : model.Template.Missing(model.Text, []) ?? AboutForm.Missing(model.Topic, model.Incident) ?? ImageRules.Check(model.About.Images)?.Reason;
        if (Wrong is not null)
        {
            return false;
        }

        if (UkTime.ToWall(model.At) is not { } first)
        {
            Wrong = "Choose the first date and time.";
            return false;
        }

        var wish = Wish(model, first);
        var said = System.Text.Json.JsonSerializer.Serialize(wish, Storage.StorageJson.Options);
        if (_operation is not { } former || !string.Equals(former.Wish, said, StringComparison.Ordinal))
        {
            _operation = (Guid.CreateVersion7(), said);
        }

        try
        {
            var answer = await desk.StartAsync(wish, actor, _operation.Value.Id, cancellationToken);
            _operation = null;
            (Wrong, Started) = (answer.Refusal?.Reason, answer.Repeat);
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            Wrong = "The database did not answer, so it is not known whether this was started. Your text is kept. Press the button again: it is not started twice.";
        }

        if (Started is not null)
        {
            model.Repeat.Clear();
            (Preview, _previewed) = (null, null);
        }

        return Started is not null;
    }

    private static RepeatWish Wish(ComposeModel model, DateTime first) => new()
    {
        Text = model.Text,
        Accounts = [.. model.Chosen],
        About = model.About with { Corrects = null, InPlace = false } is { SaysNothing: false } about ? about : null,
        Rule = model.Repeat.RuleFor(first),
        First = first,
        Tolerance = model.Tolerance ?? PostRules.DefaultTolerance,
        SkipHolidays = model.Repeat.SkipHolidays,
    };
}
