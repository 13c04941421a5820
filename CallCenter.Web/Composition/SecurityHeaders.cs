namespace CallCenter.Web.Composition;

/// <summary>Headers of every answer. Styles of elements are allowed as attributes only; scripts only as our own files.</summary>
internal static class SecurityHeaders
{
    public const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; style-src-attr 'unsafe-inline'; img-src 'self' data:; font-src 'self'; "
        + "connect-src 'self' wss:; media-src 'self' blob:; manifest-src 'self'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'; object-src 'none'";

    public static void UsePortalSecurityHeaders(this WebApplication app)
    {
        app.Use(async (context, next) =>
        {
            // Set before the answer starts, so that error pages and static files carry them too.
            context.Response.OnStarting(
                static state =>
                {
                    var headers = ((HttpContext)state).Response.Headers;
                    headers.ContentSecurityPolicy = ContentSecurityPolicy;
                    headers.XContentTypeOptions = "nosniff";
                    headers.XFrameOptions = "DENY";
                    headers["Referrer-Policy"] = "same-origin";
                    headers["Permissions-Policy"] = "camera=(), geolocation=(), payment=(), usb=(), microphone=(self), speaker-selection=(self)";
                    headers["Cross-Origin-Opener-Policy"] = "same-origin";
                    return Task.CompletedTask;
                },
                context);
            await next(context);
        });

        // Only ever sent over https, so a plain intranet portal is not locked out.
        app.UseHsts();
    }
}
