namespace CallCenter.Web.Composition;

/// <summary>One page for every failure, with a reference number; see Features/Errors.</summary>
internal static class ErrorPages
{
    public static void UsePortalErrorPages(this WebApplication app)
    {
        app.UseExceptionHandler("/error/500", createScopeForErrors: true);
        app.UseStatusCodePagesWithReExecute("/error/{0}", createScopeForStatusCodePages: true);
    }
}
