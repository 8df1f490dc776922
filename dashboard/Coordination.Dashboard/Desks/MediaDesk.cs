using System.Data.Common;
using Coordination.Contracts;
using Coordination.Domain;
using Coordination.Domain.People;
using Coordination.Media;
using Coordination.Storage.Media;

namespace Coordination.Dashboard.Desks;

/// <summary>Decides by the rules, and keeps what is an image.</summary>
public sealed class MediaDesk(IMediaStore store) : IMediaDesk
{
    /// <summary>Most images that one person uploads in an hour.</summary>
    public const int MostAnHour = 300;

    /// <inheritdoc/>
    public async Task<UploadAnswer> UploadAsync(Stream file, Actor actor, CancellationToken cancellationToken)
    {
        if (!actor.May(Permission.PublishLocal) && !actor.May(Permission.PublishCorporate))
        {
            return new UploadAnswer(null, new Refusal(
                "forbidden", $"{actor.Name} ({actor.Role.Name()}) may not write posts. Nothing was kept. Who may: {PermissionMatrix.WhoMayInWords(Permission.PublishLocal)}.", RefusalKind.Forbidden));
        }

        try
        {
            if (await store.CountSinceAsync(actor.Id, TimeSpan.FromHours(1), cancellationToken) >= MostAnHour)
            {
                return new UploadAnswer(null, new Refusal(
                    "uploads-too-many", $"{actor.Name} has uploaded {MostAnHour} images in the last hour, and more are not taken. This one was not kept. Go on in a while.", RefusalKind.Conflict));
            }

            var reading = await ReadAsync(file, cancellationToken);
            if (reading.Image is not { } image)
            {
                return new UploadAnswer(null, new Refusal(reading.Code!, reading.Refusal!));
            }

            await store.SaveAsync(new StoredMedia(image.Hash, image.ContentType, image.Width, image.Height, image.Bytes, image.Preview), actor.Id, actor.Name, cancellationToken);
            return new UploadAnswer(new UploadedImage(image.Hash, image.ContentType, image.Width, image.Height, image.Bytes.Length), null);
        }
        catch (Exception exception) when (exception is DbException or TimeoutException)
        {
            throw new StoreUnavailableException("The database does not answer, so it is not known whether the image was kept. Upload it again: it is kept once.", exception);
        }
    }

    // One byte more than is taken tells that there is too much, without reading the rest.
    private static async Task<ImageReading> ReadAsync(Stream file, CancellationToken cancellationToken)
    {
        using var whole = new MemoryStream();
        var buffer = new byte[64 * 1024];
        int read;
        while ((read = await file.ReadAsync(buffer, cancellationToken)) > 0)
        {
            if (whole.Length + read > ImageReader.MostBytes)
            {
                return ImageReader.TooLarge;
            }

            whole.Write(buffer, 0, read);
        }

        return await ImageReader.ReadAsync(whole.GetBuffer().AsMemory(0, (int)whole.Length), cancellationToken);
    }
}
