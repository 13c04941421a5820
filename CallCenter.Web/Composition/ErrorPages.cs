using Microsoft.AspNetCore.Diagnostics;

namespace CallCenter.Web.Composition;

/// <summary>One page for every failure, with a reference number; see Features/Errors.</summary>
internal static class ErrorPages
{
    public static void UsePortalErrorPages(this WebApplication app)
    {
        app.UseExceptionHandler("/error/500", createScopeForErrors: true);
        app.UseStatusCodePagesWithReExecute("/error/{0}", createScopeForStatusCodePages: true);
        app.Use(ReadErrorPageAsync);
    }

    /// <summary>
    /// An error page is read, whatever was sent: with the method of a refused form it would be refused in its turn, and the
    /// visitor would see an empty window.
    /// </summary>
    private static async Task ReadErrorPageAsync(HttpContext context, RequestDelegate next)
    {
        var method = context.Request.Method;
        if (context.Features.Get<IStatusCodeReExecuteFeature>() is not null && !HttpMethods.IsHead(method))
        {
            context.Request.Method = HttpMethods.Get;
        }

        try
        {
            await next(context);

            // Pages name their type before they look at the form's token; an answer with a type counts as one with a body.
            if (context.Response is { HasStarted: false, StatusCode: StatusCodes.Status400BadRequest, ContentLength: null })
            {
                context.Response.Headers.ContentType = default;
            }
        }
        finally
        {
            // For the line in the log.
            context.Request.Method = method;
        }
    }
}
