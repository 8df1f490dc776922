using Microsoft.Extensions.Options;

namespace Coordination.Dashboard.Notices;

/// <summary>Adds the messages to the people of held accounts.</summary>
public static class NoticesSetup
{
    /// <summary>Adds them: e-mail, when a mail server is set.</summary>
    public static IHostApplicationBuilder AddNotices(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<MailOptions>().BindConfiguration(MailOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<MailOptions>, MailOptionsValidator>();
        services.AddSingleton<INoticeChannel, MailChannel>();
        services.AddHostedService<NoticeQueueing>();
        services.AddHostedService<NoticeSender>();
        return builder;
    }
}
