using Coordination.Domain.People;
using Coordination.Storage.Exports;

namespace Coordination.Dashboard.Exports;

/// <summary>An export that was begun: it is written once, then disposed of.</summary>
public sealed class ExportJob : IAsyncDisposable
{
    private readonly ExportSource _source;
    private readonly IExportStore _store;
    private readonly ExportForms _forms;
    private readonly Actor _actor;
    private readonly SemaphoreSlim _place;

    internal ExportJob(Guid id, ExportWish wish, ExportSource source, IExportStore store, ExportForms forms, Actor actor, SemaphoreSlim place) =>
        (Id, Wish, _source, _store, _forms, _actor, _place) = (id, wish, source, store, forms, actor, place);

    /// <summary>Its id: the journal's stream is <c>export/&lt;id&gt;</c>.</summary>
    public Guid Id { get; }

    /// <summary>What was wanted.</summary>
    public ExportWish Wish { get; }

    /// <summary>What the file is called: nothing but letters, digits, hyphens and underscores of what was asked for.</summary>
    public string FileName
    {
        get
        {
            var key = string.Concat((Wish.Question.Key ?? "").Take(60).Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' ? c : '-'));
            return FormattableString.Invariant($"export-{Wish.Question.Kind.Id()}{(key.Length > 0 ? "-" + key : "")}-{_source.AsOf.UtcDateTime:yyyyMMdd-HHmmss}.zip");
        }
    }

    /// <summary>Writes it, then records that all of it was sent. What fails on the way leaves an export without an end.</summary>
    public async Task WriteAsync(Stream output, CancellationToken cancellationToken)
    {
        var head = new ExportHead(Id, new ExportActor(_actor.Id, _actor.Name, _actor.Role.Id()), Wish.Reason);
        var end = await new ExportWriter(_source, head, _forms).WriteAsync(output, cancellationToken);
        await _store.FinishAsync(Id, end, _actor, cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _place.Release();
        await _source.DisposeAsync();
    }
}
