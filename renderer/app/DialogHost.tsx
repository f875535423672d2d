/** Draws the dialogs that are open, the latest on top. */
import { CaMailDialog } from '../ca/CaMailDialog.tsx';
import { CheckServerDialog } from '../checks/CheckServerDialog.tsx';
import { TestMailDialog } from '../checks/TestMailDialog.tsx';
import { HelpDialog } from '../help/HelpDialog.tsx';
import { ImportWizard } from '../iis-import/ImportWizard.tsx';
import { PropertySheet } from '../properties/PropertySheet.tsx';
import { ServiceDialog } from '../service/ServiceDialog.tsx';
import { DeleteServerDialog } from '../wizards/DeleteServerDialog.tsx';
import { NewDomainWizard } from '../wizards/NewDomainWizard.tsx';
import { NewServerWizard } from '../wizards/NewServerWizard.tsx';
import { RenameServerDialog } from '../wizards/RenameServerDialog.tsx';
import { AboutDialog } from './AboutDialog.tsx';
import { type DialogRequest, useDialogs } from './dialogs.tsx';
import { ProblemDialog } from './ProblemDialog.tsx';
import { StopDialog } from './StopDialog.tsx';

export function DialogHost() {
  const { shown, close } = useDialogs();
  return shown.map(({ key, request }) => <OneDialog key={key} request={request} onClose={() => close(key)} />);
}

function OneDialog({ request, onClose }: { readonly request: DialogRequest; readonly onClose: () => void }) {
  switch (request.kind) {
    case 'properties': {
      const { kind: _, ...what } = request;
      return <PropertySheet {...what} onClose={onClose} />;
    }
    case 'confirmStop':
      return <StopDialog serverId={request.serverId} onClose={onClose} />;
    case 'checkServer':
      return <CheckServerDialog serverId={request.serverId} onClose={onClose} />;
    case 'testMail':
      return <TestMailDialog serverId={request.serverId} onClose={onClose} />;
    case 'newServer':
      return <NewServerWizard onClose={onClose} />;
    case 'caMail':
      return <CaMailDialog onClose={onClose} />;
    case 'importIis':
      return <ImportWizard onClose={onClose} />;
    case 'newDomain':
      return <NewDomainWizard serverId={request.serverId} onClose={onClose} />;
    case 'renameServer':
      return <RenameServerDialog serverId={request.serverId} onClose={onClose} />;
    case 'deleteServer':
      return <DeleteServerDialog serverId={request.serverId} onClose={onClose} />;
    case 'service':
      return <ServiceDialog what={request.what} onClose={onClose} />;
    case 'about':
      return <AboutDialog onClose={onClose} />;
    case 'help':
      return <HelpDialog topic={request.topic} onClose={onClose} />;
    case 'problem':
      return <ProblemDialog problem={request.problem} onClose={onClose} />;
  }
}
