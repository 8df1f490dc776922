using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Coordination.Dashboard.Api;

/// <summary>What the OpenAPI document says beyond the routes themselves.</summary>
internal sealed class ApiDocument : IOpenApiDocumentTransformer
{
    public Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info.Title = "WmfsSmCoordinator";
        document.Info.Version = "v1";
        document.Info.Description =
            "Every account, post and hold. Every error is problem details (RFC 9457) with a stable 'code'. "
            + "Every command takes the header 'Idempotency-Key', a UUID: the same key again answers what the first request did.";
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>(StringComparer.Ordinal);
        document.Components.SecuritySchemes["token"] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer" };
        document.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference("token", document)] = [] }];
        return Task.CompletedTask;
    }
}
