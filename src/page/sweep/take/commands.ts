/** The commands that train a manifest elsewhere. */

import { fileNameOf } from '../../parts/download/save.ts';

export type CommandLine = { readonly where: string; readonly command: string; readonly note: string };

/** The commands that plan and train an adaptive design in rounds; `name` is what the design is saved as, without its endings. */
export function roundCommandsOf(name: string): readonly CommandLine[] {
  const stem = stemOf(name);
  const manifest = `${stem}.jsonl`;
  const train = `npx m3lab sweep run ${manifest} --out ${stem}`;
  return [
    {
      where: 'The first round',
      command: `npx m3lab sweep plan ${designFileOf(name)} --out ${manifest} && ${train}`,
      note: 'Runs that are spread over the design. They can be trained on a cluster too, as any manifest.',
    },
    {
      where: 'Each further round',
      command: `npx m3lab sweep plan ${designFileOf(name)} --given ${stem} --out ${manifest} && ${train}`,
      note: 'The law is fitted to what is finished, and the next runs are added to the manifest; at the end there are none.',
    },
    collecting(stem),
  ];
}

/** What a design is saved as. */
export function designFileOf(name: string): string {
  return `${stemOf(name)}.design.json`;
}

function stemOf(name: string): string {
  return fileNameOf(`${name}.jsonl`).replace(/\.jsonl$/, '');
}

function collecting(stem: string): CommandLine {
  return {
    where: 'Then',
    command: `npx m3lab sweep collect ${stem} --out ${stem}.runs.jsonl`,
    note: 'Bring this file back here, and Fit and Map know its runs.',
  };
}

/** `name` is what the manifest is saved as, without its ending. */
export function commandsOf(name: string): readonly CommandLine[] {
  const stem = stemOf(name);
  const manifest = `${stem}.jsonl`;
  return [
    {
      where: 'On one machine',
      command: `npx m3lab sweep run ${manifest} --out ${stem}`,
      note: 'The same command goes on after a crash; several machines may share the folder.',
    },
    {
      where: 'Slurm',
      command: `npx m3lab sweep submit ${manifest} --scheduler slurm --out ${stem} --time 04:00:00 > ${stem}.sbatch && sbatch ${stem}.sbatch`,
      note: 'An array: every task does its part into the same folder, and comes again when its time is over.',
    },
    {
      where: 'Kubernetes',
      command: `npx m3lab sweep submit ${manifest} --scheduler k8s --out ${stem} --image REGISTRY/m3lab --volume results:/data > ${stem}.yaml && kubectl apply -f ${stem}.yaml`,
      note: `Put the image that has m3lab in it, and the volume that all pods write; copy ${manifest} there.`,
    },
    collecting(stem),
  ];
}
