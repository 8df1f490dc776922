using Microsoft.Extensions.Options;

namespace Coordination.Dashboard.Notices;

/// <summary>Adds the messages to the people of held accounts, and to systems outside.</summary>
public static class NoticesSetup
{
    /// <summary>Adds them: e-mail, when a mail server is set, and webhooks, when some are.</summary>
    public static IHostApplicationBuilder AddNotices(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<MailOptions>().BindConfiguration(MailOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<MailOptions>, MailOptionsValidator>();
        services.AddOptions<WebhooksOptions>().BindConfiguration(WebhooksOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<WebhooksOptions>, WebhooksOptionsValidator>();
        services.AddSingleton<NoticeFactsReader>();
        services.AddSingleton<Webhooks>();
        services.AddSingleton<WebhookPost>();
        services.AddSingleton<INoticeChannel, MailChannel>();
        services.AddHostedService<NoticeQueueing>();
        services.AddHostedService<NoticeSender>();
        services.AddHostedService<WebhookQueueing>();
        services.AddHostedService<WebhookSender>();
        return builder;
    }
}
