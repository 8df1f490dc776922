using Coordination.Dashboard.Desks;
using Coordination.Dashboard.Live;
using Coordination.Storage.ReadModel;

namespace Coordination.Dashboard.Api;

/// <summary>Answers with a page of posts.</summary>
internal static class PostPages
{
    public static async Task<IResult> AnswerAsync(Func<Task<Page<PostRow>>> read, IBoard board)
    {
        try
        {
            var page = await read();
            return TypedResults.Ok(new ListDto<PostDto>([.. page.Items.Select(post => PostDto.Of(board.Forecast(post)))], page.Next));
        }
        catch (BadCursorException)
        {
            return Problems.Of(Paging.BadCursor);
        }
    }
}
